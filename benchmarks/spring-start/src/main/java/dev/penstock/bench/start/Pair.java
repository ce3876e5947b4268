package dev.penstock.bench.start;

/** Two starts, one right after the other. */
record Pair(Start without, Start with) {
    /** What the start of the context with the starter takes against that without. */
    double ratio() {
        return (double) with.context() / without.context();
    }

    /** The same from the begin of the JVM on. */
    double processRatio() {
        return (double) with.process() / without.process();
    }

    /** The same in processor time, which others on the machine change less. */
    double processorRatio() {
        return (double) with.processor() / without.processor();
    }
}
