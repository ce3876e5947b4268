package dev.penstock.tools.suite;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What the figures come from, as far as the JVM sees it. */
final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final double GIGABYTE = 1L << 30;

    private Machine() {}

    /** Processes that want to run, mean of the last minute; a dash where the system does not tell. */
    static String load() {
        return load(systemLoad());
    }

    /** The same, with a warning, of a moment before this process has any part in it. */
    static String loadOfOthers() {
        return loadOfOthers(systemLoad(), Runtime.getRuntime().availableProcessors());
    }

    /** Where others have the processors, code is not compiled in the time that is given it. */
    static String loadOfOthers(double load, int processors) {
        return load > processors
                ? load(load) + ", more than " + processors + " processors can do: distrust the figures"
                : load(load);
    }

    private static String load(double load) {
        return load < 0 ? "-" : String.format(Locale.ROOT, "%.2f", load);
    }

    private static double systemLoad() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** What the maker calls the processor; the architecture where Linux does not tell. */
    static String processor() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseGet(Machine::architecture);
        } catch (IOException e) {
            return architecture();
        }
    }

    private static String architecture() {
        return System.getProperty("os.arch");
    }

    /** In gigabytes. */
    static String memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? String.format(Locale.ROOT, "%.1f GB", system.getTotalMemorySize() / GIGABYTE)
                : "-";
    }

    /** Name, kernel and architecture. */
    static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + architecture();
    }

    /** Version and maker. */
    static String jdk() {
        return System.getProperty("java.vm.version") + ", " + System.getProperty("java.vm.name") + ", "
                + System.getProperty("java.vendor");
    }
}
