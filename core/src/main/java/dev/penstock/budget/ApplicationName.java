package dev.penstock.budget;

import org.jspecify.annotations.Nullable;

/**
 * What the connections of a planned pool call themselves: {@code service/instance/pool}, so that a census of the server
 * tells who holds them.
 *
 * <p>PostgreSQL keeps the first 63 bytes of an {@code application_name}, and puts a question mark, from version 16 on
 * {@code \xNN}, in place of every byte that is not printable ASCII (manual, sections 19.8 and 20.17). Neither must
 * happen to a name that is to be read back, so it happens here, see {@link #of}. Immutable.
 *
 * @param service name of the service in the plan, as {@link #serviceName} writes it
 * @param instance which of its replicas
 * @param pool which of the replica's pools
 */
public record ApplicationName(String service, String instance, String pool) {
    /** In bytes, and in characters: PostgreSQL's NAMEDATALEN less one. */
    public static final int LONGEST = 63;

    private static final int LONGEST_SERVICE = 28;
    private static final int LONGEST_POOL = 20;

    private static final char SEPARATOR = '/';
    private static final char INSTEAD = '_';

    /** Stands where something was cut out. */
    private static final String CUT = "~";

    /**
     * Parts as {@link #of} makes them: at least a character each, of printable ASCII without blank and {@code /}, 63
     * together with the two separators.
     *
     * @throws InvalidBudgetException if they are not
     */
    public ApplicationName {
        check("service", service);
        check("instance", instance);
        check("pool", pool);
        String all = text(service, instance, pool);
        if (all.length() > LONGEST) {
            throw new InvalidBudgetException(
                    "service/instance/pool", "must have at most " + LONGEST + " characters", all);
        }
    }

    private static void check(String field, String part) {
        if (part.isEmpty() || !part.chars().allMatch(ApplicationName::isKept)) {
            throw new InvalidBudgetException(
                    field, "must have at least one character, all of them printable ASCII, none a blank or /", part);
        }
    }

    /**
     * The name for parts of any kind. Blanks, slashes and what is not printable ASCII become {@code _}, and so does an
     * empty part. A service of more than 28 characters and a pool of more than 20 lose what is in their middle; the
     * instance has what is left, 13 characters at least, and loses its beginning: pod names of one service begin alike
     * and differ at their ends. A {@code ~} stands where something is missing.
     */
    public static ApplicationName of(String service, String instance, String pool) {
        String first = serviceName(service);
        String last = withoutMiddle(sanitised(pool), LONGEST_POOL);
        int left = LONGEST - first.length() - last.length() - 2;
        return new ApplicationName(first, withoutBeginning(sanitised(instance), left), last);
    }

    /**
     * How a service is called in the names of its connections, whatever the other parts are: that is what to compare
     * {@link #service} with.
     */
    public static String serviceName(String service) {
        return withoutMiddle(sanitised(service), LONGEST_SERVICE);
    }

    /** What a name says; null if it is not one of these. */
    public static @Nullable ApplicationName parse(String text) {
        String[] parts = text.split(String.valueOf(SEPARATOR), -1);
        try {
            return parts.length == 3 ? new ApplicationName(parts[0], parts[1], parts[2]) : null;
        } catch (InvalidBudgetException e) {
            return null;
        }
    }

    private static String sanitised(String part) {
        StringBuilder kept = new StringBuilder();
        part.codePoints().forEach(c -> kept.append(isKept(c) ? (char) c : INSTEAD));
        return kept.isEmpty() ? String.valueOf(INSTEAD) : kept.toString();
    }

    private static boolean isKept(int character) {
        return character > ' ' && character <= '~' && character != SEPARATOR;
    }

    private static String withoutMiddle(String part, int longest) {
        if (part.length() <= longest) {
            return part;
        }
        int end = (longest - CUT.length()) / 2;
        int start = longest - CUT.length() - end;
        return part.substring(0, start) + CUT + part.substring(part.length() - end);
    }

    private static String withoutBeginning(String part, int longest) {
        return part.length() <= longest ? part : CUT + part.substring(part.length() - longest + CUT.length());
    }

    private static String text(String service, String instance, String pool) {
        return service + SEPARATOR + instance + SEPARATOR + pool;
    }

    /** As it is sent to the server. */
    @Override
    public String toString() {
        return text(service, instance, pool);
    }
}
