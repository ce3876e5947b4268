package dev.penstock.tools.tune.usl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NonNegativeProperties {
    private static final double NOTHING = 1e-6;

    /** The conditions of Karush, Kuhn and Tucker, which only the best solution meets. */
    @Property
    void noOtherSolutionIsNearer(
            @ForAll @IntRange(min = 1, max = 30) int rows,
            @ForAll @IntRange(min = 1, max = 12) int columns,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] matrix = new double[rows][columns];
        double[] targets = new double[rows];
        for (int i = 0; i < rows; i++) {
            targets[i] = random.nextGaussian();
            for (int j = 0; j < columns; j++) {
                matrix[i][j] = random.nextGaussian();
            }
        }

        double[] solution = NonNegative.solve(matrix, targets);

        for (int j = 0; j < columns; j++) {
            int column = j;
            double slope = 0;
            for (int i = 0; i < rows; i++) {
                double[] row = matrix[i];
                double fitted = dot(row, solution);
                slope += row[column] * (targets[i] - fitted);
            }
            assertThat(solution[j]).isNotNegative();
            assertThat(slope).isLessThan(NOTHING);
            if (solution[j] > NOTHING) {
                assertThat(slope).isCloseTo(0, within(NOTHING));
            }
        }
    }

    @Property
    void equalColumnsDoNoHarm(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[5][];
        double[] targets = new double[5];
        for (int i = 0; i < rows.length; i++) {
            double x = random.nextDouble();
            rows[i] = new double[] {x, x, 0};
            targets[i] = 3 * x;
        }

        double[] solution = NonNegative.solve(rows, targets);

        assertThat(Arrays.stream(solution).sum()).isCloseTo(3, within(NOTHING));
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
