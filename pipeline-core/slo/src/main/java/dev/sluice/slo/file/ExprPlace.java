package dev.sluice.slo.file;

import dev.sluice.yaml.ConfigNode.Scalar;
import dev.sluice.yaml.Mark;
import dev.sluice.yaml.SourceText;

/**
 * Where the characters of an expression stand in its file.
 *
 * @param text the expression
 * @param mark of the scalar that holds it
 */
public record ExprPlace(String text, Mark mark) {
    static ExprPlace of(Scalar scalar) {
        return new ExprPlace(scalar.text(), scalar.mark());
    }

    /** The place of the character at an index of the text, as near as the way it was written lets one tell. */
    public Mark at(int index) {
        SourceText source = mark.source();
        String first = source.line(mark.line());
        int from = mark.column() - 1;
        if (index < 0 || index > text.length() || from >= first.length()) {
            return mark;
        }
        char style = first.charAt(from);
        if (style == '|') {
            return inBlock(index);
        }
        if (mark.line() != mark.endLine() || style == '>') {
            return mark;
        }
        int start = style == '"' || style == '\'' ? from + 1 : from;
        // Escapes shift what comes behind them.
        return first.startsWith(text, start) ? Mark.at(source, mark.line(), start + index + 1) : mark;
    }

    private Mark inBlock(int index) {
        String before = text.substring(0, index);
        int lines = (int) before.chars().filter(c -> c == '\n').count();
        int column = index - (before.lastIndexOf('\n') + 1);
        int line = mark.line() + 1 + lines;
        String written = mark.source().line(line);
        int end = text.indexOf('\n', index);
        String whole = text.substring(index - column, end < 0 ? text.length() : end);
        int indent = written.indexOf(whole);
        return indent < 0 ? mark : Mark.at(mark.source(), line, indent + column + 1);
    }
}
