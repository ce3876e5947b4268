package dev.penstock.example.orders.trouble;

import java.sql.SQLException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells whoever calls a trouble what the database said, SQLState first. */
@RestControllerAdvice(basePackageClasses = Answers.class)
class Answers {
    @ExceptionHandler
    ResponseEntity<String> failed(Exception failure) {
        return answer(NestedExceptionUtils.getMostSpecificCause(failure));
    }

    /** The rollback failed too, as it does on a connection that is gone: what came before is the point. */
    @ExceptionHandler
    ResponseEntity<String> failed(TransactionSystemException failure) {
        Throwable before = failure.getOriginalException();
        return answer(NestedExceptionUtils.getMostSpecificCause(before == null ? failure : before));
    }

    private static ResponseEntity<String> answer(Throwable cause) {
        String text = cause instanceof SQLException sql ? sql.getSQLState() + " " + sql.getMessage() : cause.toString();
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(text + "\n");
    }
}
