package dev.penstock.tools.breaker;

import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;

/** What happens to a server. */
enum Fault {
    /** Accepts and says nothing; sessions that were opened meanwhile stay silent when others are served again. */
    SILENT("silent peer"),
    /** Nobody listens. */
    REFUSED("refused"),
    /** Connects hang. */
    BLACK_HOLE("black hole");

    private final String text;

    Fault(String text) {
        this.text = text;
    }

    /** From now on new connects meet it; open connections are reset. */
    void strike(FaultProxy proxy) {
        onConnects(proxy);
        proxy.resetOpen();
    }

    /** From now on new connects meet it; open connections live on. */
    void onConnects(FaultProxy proxy) {
        proxy.behave(behaviour());
    }

    private Behaviour behaviour() {
        return switch (this) {
            case SILENT -> Behaviour.silent();
            case REFUSED -> Behaviour.refuse();
            case BLACK_HOLE -> Behaviour.blackHole();
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
