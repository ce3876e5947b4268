package dev.penstock.tools.budget;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plans for tests, numbers by hand. */
final class BudgetFiles {
    /** 100 - 3 = 97 usable, tight above 77; steady 4 x 10 = 40, in a rollout (4 + 1) x 10 = 50. */
    static final String FITS = plan(4, 10);

    /** 80 in a rollout. */
    static final String TIGHT = plan(4, 16);

    /** 100 in a rollout. */
    static final String OVER = plan(4, 20);

    private BudgetFiles() {}

    static String plan(int replicas, int poolSize) {
        return "server: {maxConnections: 100}\nservices:\n- name: checkout\n  replicas: " + replicas + "\n  poolSize: "
                + poolSize + "\n";
    }

    static String write(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("plan.yaml"), text).toString();
    }
}
