package dev.penstock.tools.budget.yaml;

import dev.penstock.budget.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        byte[] bytes = bytes(file);
        if (bytes.length > MOST_BYTES) {
            throw new BadPlanException(name, "must have at most " + MOST_BYTES + " bytes, but has more");
        }
        return parse(name, decoded(name, bytes));
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES + 1);
        } catch (FileSystemException e) {
            throw e; // names the file
        } catch (IOException e) {
            FileSystemException named = new FileSystemException(file.toString(), null, e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    private static String decoded(String name, byte[] bytes) throws BadPlanException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        String read = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (result.isError()) {
            String refusal = String.format("must be UTF-8, but has a byte that is not: 0x%02X", in.get());
            throw new BadPlanException(name, List.of(Problem.at(read, read.length(), refusal)));
        }
        return read;
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

    /** As YAML; what has its default is left out. */
    public static String write(Plan plan) {
        return PlanWriter.write(plan);
    }
}
