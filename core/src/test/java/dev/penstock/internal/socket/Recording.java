package dev.penstock.internal.socket;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Traffic as a list of lines: {@code > sent}, {@code < received}. */
final class Recording implements Traffic {
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void sent(byte[] bytes, int offset, int length) {
        lines.add("> " + text(bytes, offset, length));
    }

    @Override
    public void received(byte[] bytes, int offset, int length) {
        lines.add("< " + text(bytes, offset, length));
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }
}
