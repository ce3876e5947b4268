package dev.penstock.spring.diagnostics;

/** A description as Spring Boot writes them: a sentence, and what there is to know in lines of their own. */
final class Lines {
    private final StringBuilder text;

    Lines(String sentence) {
        this.text = new StringBuilder(sentence).append('\n');
    }

    Lines add(String name, String value) {
        text.append("\n    ").append(name).append(": ").append(value);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
