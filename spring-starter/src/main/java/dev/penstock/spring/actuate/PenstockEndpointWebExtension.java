package dev.penstock.spring.actuate;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link PenstockEndpoint} over HTTP: why something is refused stands in the answer, with the status that belongs to it.
 * Boot's own error page would keep the reason to itself.
 */
@EndpointWebExtension(endpoint = PenstockEndpoint.class)
public class PenstockEndpointWebExtension {
    private final PenstockEndpoint endpoint;

    /** Of this endpoint. */
    public PenstockEndpointWebExtension(PenstockEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** {@link PenstockEndpoint#pool}. */
    @ReadOperation
    public WebEndpointResponse<Object> pool(@Selector String bean) {
        return answer(() -> endpoint.pool(bean));
    }

    /** {@link PenstockEndpoint#operate}. */
    @WriteOperation
    public WebEndpointResponse<Object> operate(
            @Selector String bean, @Nullable String action, @Nullable String size, @Nullable String limit) {
        return answer(() -> endpoint.operate(bean, action, size, limit));
    }

    private static WebEndpointResponse<Object> answer(Supplier<Object> operation) {
        try {
            return new WebEndpointResponse<>(operation.get());
        } catch (Refused e) {
            Object why = OperationResponseBody.of(Map.of("refused", String.valueOf(e.getMessage())));
            return new WebEndpointResponse<>(why, e.status());
        }
    }
}
