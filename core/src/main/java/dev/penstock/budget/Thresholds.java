package dev.penstock.budget;

/**
 * From which part of what is usable on the verdict is {@link Verdict#TIGHT}: when more than that is used.
 *
 * @param steady per cent, in steady state
 * @param rollout per cent, at the worst moment of a rollout
 */
public record Thresholds(int steady, int rollout) {
    /** 80 per cent of it, at any time. */
    public static final Thresholds USUAL = new Thresholds(80, 80);

    /** Each from 1 to 100. */
    public Thresholds {
        Bounds.between("steady", 1, 100, steady);
        Bounds.between("rollout", 1, 100, rollout);
    }
}
