package dev.penstock.spring.actuate;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/** What somebody asks of the endpoint cannot be done; the message says why, and what can. */
final class Refused extends InvalidEndpointRequestException {
    private static final long serialVersionUID = 1L;

    private final int status;

    private Refused(int status, String why) {
        super(why, why);
        this.status = status;
    }

    /** The request makes no sense. */
    static Refused badRequest(String why) {
        return new Refused(400, why);
    }

    /** There is no such pool. */
    static Refused notFound(String why) {
        return new Refused(404, why);
    }

    /** It would make sense, but not for this pool, or not now. */
    static Refused conflict(String why) {
        return new Refused(409, why);
    }

    /** As HTTP has it. */
    int status() {
        return status;
    }
}
