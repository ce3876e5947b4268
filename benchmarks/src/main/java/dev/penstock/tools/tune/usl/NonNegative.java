package dev.penstock.tools.tune.usl;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Least squares with coefficients of 0 or more, by the active-set method of Lawson and Hanson (Solving Least Squares
 * Problems, 1974, chapter 23). Exact and finite; for tens of columns, hence with normal equations.
 */
public final class NonNegative {
    private static final double NOTHING = 1e-11;

    /** Of a column's square, what must be left of it without the others; else it says nothing of its own. */
    private static final double OWN = 1e-12;

    private final double[][] products;
    private final double[] sides;
    private final double[] scales;
    private final boolean[] free;
    private double[] solution;

    private NonNegative(double[][] rows, double[] targets) {
        int columns = rows[0].length;
        scales = IntStream.range(0, columns).mapToDouble(j -> norm(rows, j)).toArray();
        products = new double[columns][columns];
        sides = new double[columns];
        free = new boolean[columns];
        solution = new double[columns];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns; j++) {
                sides[j] += rows[i][j] / scales[j] * targets[i];
                for (int k = 0; k < columns; k++) {
                    products[j][k] += rows[i][j] / scales[j] * rows[i][k] / scales[k];
                }
            }
        }
    }

    /**
     * The coefficients whose sums of columns come nearest to the targets.
     *
     * @param rows one per target, all of the same length, at least one
     */
    public static double[] solve(double[][] rows, double[] targets) {
        NonNegative system = new NonNegative(rows, targets);
        int most = 3 * system.free.length; // it ends by itself; rounding must not keep it from that
        for (int next = system.steepest(), i = 0; next >= 0 && i < most; next = system.steepest(), i++) {
            system.release(next);
        }
        return IntStream.range(0, system.solution.length)
                .mapToDouble(j -> system.solution[j] / system.scales[j])
                .toArray();
    }

    /** The column at its bound that the sum of squares falls fastest with; -1 if it falls with none. */
    private int steepest() {
        int best = -1;
        double most = NOTHING * (1 + Arrays.stream(sides).map(Math::abs).max().orElse(0));
        for (int j = 0; j < free.length; j++) {
            double slope = free[j] ? 0 : slope(j);
            if (slope > most) {
                most = slope;
                best = j;
            }
        }
        return best;
    }

    private double slope(int column) {
        double slope = sides[column];
        for (int k = 0; k < free.length; k++) {
            slope -= products[column][k] * solution[k];
        }
        return slope;
    }

    /** Lets a column leave its bound, and sends those back to theirs that would become negative. */
    private void release(int column) {
        free[column] = true;
        double[] wanted = withFreeOnly();
        while (negative(wanted)) {
            double step = step(wanted);
            for (int j = 0; j < free.length; j++) {
                solution[j] += step * (wanted[j] - solution[j]);
                if (free[j] && solution[j] <= NOTHING) {
                    free[j] = false;
                    solution[j] = 0;
                }
            }
            wanted = withFreeOnly();
        }
        solution = wanted;
    }

    private boolean negative(double[] values) {
        return IntStream.range(0, values.length).anyMatch(j -> free[j] && values[j] <= 0);
    }

    /** How far one can go until the first one arrives at its bound. */
    private double step(double[] wanted) {
        return IntStream.range(0, wanted.length)
                .filter(j -> free[j] && wanted[j] <= 0)
                .mapToDouble(j -> solution[j] / Math.max(solution[j] - wanted[j], Double.MIN_NORMAL))
                .min()
                .orElse(0);
    }

    /** Solves for the free columns by Cholesky's method; a column that depends on those before it gets 0. */
    private double[] withFreeOnly() {
        int[] columns = IntStream.range(0, free.length).filter(j -> free[j]).toArray();
        int size = columns.length;
        double[][] root = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = products[columns[i]][columns[j]] - dot(root[i], root[j], j);
                root[i][j] = i == j ? pivot(rest) : rest / root[j][j];
            }
        }
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = (sides[columns[i]] - dot(root[i], values, i)) / root[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                values[i] -= root[k][i] * values[k];
            }
            values[i] /= root[i][i];
        }
        double[] all = new double[free.length];
        IntStream.range(0, size).forEach(i -> all[columns[i]] = values[i]);
        return all;
    }

    private static double pivot(double square) {
        return square > OWN ? Math.sqrt(square) : Double.POSITIVE_INFINITY;
    }

    private static double dot(double[] one, double[] other, int length) {
        double sum = 0;
        for (int k = 0; k < length; k++) {
            sum += one[k] * other[k];
        }
        return sum;
    }

    private static double norm(double[][] rows, int column) {
        double squares = Arrays.stream(rows)
                .mapToDouble(row -> row[column] * row[column])
                .sum();
        return squares > 0 ? Math.sqrt(squares) : 1;
    }
}
