package dev.penstock.example.orders.trouble;

import java.sql.SQLException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells whoever calls a trouble what the database said, in one line. */
@RestControllerAdvice(basePackageClasses = Answers.class)
class Answers {
    @ExceptionHandler
    ResponseEntity<String> failed(Exception failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        String state = cause instanceof SQLException sql ? sql.getSQLState() + " " : "";
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(state + cause.getMessage() + "\n");
    }
}
