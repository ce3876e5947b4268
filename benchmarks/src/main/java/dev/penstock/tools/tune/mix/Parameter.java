package dev.penstock.tools.tune.mix;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.random.RandomGenerator;

/** What is drawn anew for each execution, and bound: never a part of the statement's text. */
sealed interface Parameter {
    /** Draws a value and binds it. */
    void bind(PreparedStatement statement, int index, RandomGenerator random) throws SQLException;

    /**
     * {@code :int(1, 100000)}: a whole number, each as likely as the others. An {@code integer} to the server if both
     * limits are, else a {@code bigint}.
     *
     * @param least may be drawn
     * @param most may be drawn, less than the greatest bigint
     */
    record WholeNumber(long least, long most) implements Parameter {
        @Override
        public void bind(PreparedStatement statement, int index, RandomGenerator random) throws SQLException {
            long drawn = random.nextLong(least, most + 1);
            if (least >= Integer.MIN_VALUE && most <= Integer.MAX_VALUE) {
                statement.setInt(index, (int) drawn);
            } else {
                statement.setLong(index, drawn);
            }
        }
    }

    /**
     * {@code :text(8)}: small letters.
     *
     * @param length how many
     */
    record Text(int length) implements Parameter {
        private static final int LETTERS = 26;

        @Override
        public void bind(PreparedStatement statement, int index, RandomGenerator random) throws SQLException {
            StringBuilder text = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                text.append((char) ('a' + random.nextInt(LETTERS)));
            }
            statement.setString(index, text.toString());
        }
    }
}
