package dev.penstock.tools.server;

import dev.penstock.internal.failure.Masking;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with the arguments of a command without repeating secrets that were among them. */
public final class MaskedInput implements IParameterExceptionHandler {
    private final IParameterExceptionHandler others;

    /** Takes care of commands that are {@link TakesLogin}, and leaves the other commands to whoever did so before. */
    public MaskedInput(IParameterExceptionHandler others) {
        this.others = others;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) throws Exception {
        CommandLine command = e.getCommandLine();
        if (!(command.getCommand() instanceof TakesLogin)) {
            return others.handleParseException(e, args);
        }
        PrintWriter err = command.getErr();
        err.println(Masking.mask(text(e)));
        err.println("For help: " + command.getCommandSpec().qualifiedName(" ") + " --help");
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static @Nullable String text(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched ? unknown(unmatched.getUnmatched()) : e.getMessage();
    }

    /** Options by name; what follows them may be a password. */
    private static String unknown(List<String> arguments) {
        String options = arguments.stream()
                .filter(argument -> argument.startsWith("-"))
                .map(MaskedInput::name)
                .collect(Collectors.joining(", "));
        return options.isEmpty() ? "arguments too many: " + arguments.size() : "unknown: " + options;
    }

    /** A value may follow an equals sign, or a single letter at once. */
    private static String name(String option) {
        return option.startsWith("--")
                ? option.replaceFirst("(?s)=.*", "")
                : option.substring(0, Math.min(2, option.length()));
    }
}
