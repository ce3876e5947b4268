package dev.penstock.tools.budget;

import dev.penstock.InvalidSettingException;
import dev.penstock.internal.failure.Masking;
import dev.penstock.tools.budget.yaml.BadPlanException;
import dev.penstock.tools.server.TakesLogin;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands have in common: each failure has its exit code, and is told on standard error, secrets masked. */
abstract class BudgetAction implements Callable<Integer>, TakesLogin {
    /** What its sessions are called. */
    static final String APPLICATION_NAME = "penstock-tools budget";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Returns the exit code; prints when everything is computed. */
    abstract int run() throws BadPlanException, IOException, SQLException;

    @Override
    public final Integer call() {
        try {
            return run();
        } catch (BadPlanException e) {
            return failed(ExitCodes.BAD_FILE, e.getMessage());
        } catch (NoSuchFileException e) {
            return failed(ExitCodes.NO_FILE, e.getMessage() + ": there is no such file");
        } catch (IOException e) {
            return failed(ExitCodes.NO_FILE, "the file cannot be read: " + e);
        } catch (SQLException e) {
            return failed(ExitCodes.NO_SERVER, e.getMessage() + " (SQLState " + e.getSQLState() + ")");
        } catch (InvalidSettingException e) {
            throw new ParameterException(spec.commandLine(), "--url: " + e.getMessage(), e);
        } catch (ParameterException e) {
            throw e; // MaskedInput tells it
        } catch (VirtualMachineError e) {
            return failed(ExitCodes.INTERNAL, "gave up: " + e); // there may not be what a stack trace takes
        } catch (RuntimeException | Error e) {
            // left alone, an error would end the JVM with 1, which is a verdict, and nothing would mask the trace
            return failed(ExitCodes.INTERNAL, "gave up, which is a defect: " + trace(e));
        }
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        return trace.toString().stripTrailing();
    }

    private int failed(int exitCode, @Nullable String message) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(Masking.mask(message));
        err.flush();
        return exitCode;
    }

    /** A line beside the result. */
    void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    /** The result of a command that has no other. Returns the exit code. */
    int result(List<String> lines) {
        return print(lines) ? ExitCodes.OK : ExitCodes.NO_OUTPUT;
    }

    /** Returns whether it could be written: not to a full disk, nor to a pipe that nobody reads any more. */
    boolean print(List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        boolean written = !out.checkError();
        if (!written) {
            say("the result could not be written to standard output");
        }
        return written;
    }
}
