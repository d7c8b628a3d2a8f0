package dev.sluice.yaml;

/** A text that is not usable YAML. The message is one line, without the place. */
public final class YamlException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Mark mark;

    YamlException(Mark mark, String message) {
        super(message);
        this.mark = mark;
    }

    public Mark mark() {
        return mark;
    }
}
