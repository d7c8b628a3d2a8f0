package dev.sluice.yaml;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a text. {@link #toString} is one line: place, message, hint.
 *
 * @param hint what to do, printed behind the message: {@code did you mean "x"?}
 */
public record Problem(Mark mark, String message, @Nullable String hint) {
    /** With the source line and a caret below. Only for texts that hold no secrets. */
    public String render() {
        return this
                + Snippet.of(mark, new boolean[mark.source().line(mark.line()).length()], "");
    }

    @Override
    public String toString() {
        return mark + ": " + message + (hint == null ? "" : "; " + hint);
    }
}
