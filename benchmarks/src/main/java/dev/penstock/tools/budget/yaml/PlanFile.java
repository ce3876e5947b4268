package dev.penstock.tools.budget.yaml;

import dev.penstock.budget.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.nodes.Node;

/** Plans in files. No state. */
public final class PlanFile {
    /** A plan of 40,000 services is about as long. */
    static final int MOST_BYTES = 4 * 1024 * 1024;

    private PlanFile() {}

    /**
     * Reads one.
     *
     * @throws IOException if the file cannot be read
     * @throws BadPlanException if it is no plan: with every problem that does not depend on another
     */
    public static Plan read(Path file) throws IOException, BadPlanException {
        String name = file.toString();
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new BadPlanException(name, "must have at most " + MOST_BYTES + " bytes, but has more");
        }
        return parse(name, decoded(name, bytes));
    }

    private static String decoded(String name, byte[] bytes) throws BadPlanException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new BadPlanException(name, "must be UTF-8, but has bytes that are not");
        }
    }

    /**
     * Reads a text.
     *
     * @param name of the file, for messages
     * @throws BadPlanException if it is no plan
     */
    public static Plan parse(String name, String text) throws BadPlanException {
        Problems problems = new Problems(name);
        Node root = YamlText.root(text, problems);
        return new PlanReader(problems).plan(root);
    }

    /**
     * As YAML; what has its default is left out.
     *
     * @throws dev.penstock.budget.InvalidBudgetException if a name has half of a surrogate pair, which UTF-8 cannot encode
     */
    public static String write(Plan plan) {
        return PlanWriter.write(plan);
    }
}
