package dev.penstock.bench.start;

import dev.penstock.bench.start.app.SmallApplication;

/**
 * One start.
 *
 * @param context milliseconds from {@code SpringApplication.run} until the application was ready
 * @param process milliseconds from the begin of its JVM until then
 * @param processor milliseconds of processor time until then, of all threads together
 * @param pool simple name of the class of its DataSource
 */
record Start(long context, long process, long processor, String pool) {
    /** From the line that the application prints. */
    static Start parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 5 || !words[0].equals(SmallApplication.READY)) {
            throw new IllegalArgumentException("not the line of a start: " + line);
        }
        return new Start(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]), words[4]);
    }
}
