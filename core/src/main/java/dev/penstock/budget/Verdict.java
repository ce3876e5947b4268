package dev.penstock.budget;

/** Whether what is asked for fits into what there is. In order: the later, the worse. */
public enum Verdict {
    /** It does, and stays below the threshold. */
    FITS,
    /** It does, but more than the threshold is used up. */
    TIGHT,
    /** It does not: somebody will be refused a connection (SQLState 53300). */
    OVER;

    /** The worse of the two. */
    public Verdict or(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /**
     * Of so many connections.
     *
     * @param percent of what is usable, from which on more of it is {@link #TIGHT}
     */
    static Verdict of(long demand, long usable, int percent) {
        if (demand > usable) {
            return OVER;
        }
        return demand > share(usable, percent) ? TIGHT : FITS;
    }

    /** So many per cent of what is usable, rounded down. */
    static long share(long usable, int percent) {
        return usable * percent / 100;
    }
}
