package dev.penstock.tools.tune.search;

/** Told of a search while it goes on, in the thread that searches; both methods do nothing by default. */
public interface SearchListener {
    /** Tells nobody. */
    SearchListener NONE = new SearchListener() {};

    /** A measurement begins. */
    default void begins(Plan plan) {}

    /** A measurement has ended. */
    default void ended(SearchStep step) {}
}
