package dev.penstock.internal.settings;

/** Levenshtein distance: letters to add, drop or change on the way from one word to another. */
final class EditDistance {
    private EditDistance() {}

    static int between(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column < above.length; column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            above = nextRow(above, row, from.charAt(row - 1), to);
        }
        return above[to.length()];
    }

    private static int[] nextRow(int[] above, int row, char letter, String to) {
        int[] current = new int[above.length];
        current[0] = row;
        for (int column = 1; column < current.length; column++) {
            int change = above[column - 1] + (letter == to.charAt(column - 1) ? 0 : 1);
            current[column] = Math.min(change, 1 + Math.min(above[column], current[column - 1]));
        }
        return current;
    }
}
