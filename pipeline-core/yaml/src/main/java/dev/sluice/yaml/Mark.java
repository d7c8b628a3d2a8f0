package dev.sluice.yaml;

/**
 * A range of characters in a source. Lines and columns count from 1, columns in UTF-16 units; line 0 is the source as a whole.
 *
 * @param endColumn one past the last character, on {@code endLine}
 */
public record Mark(SourceText source, int line, int column, int endLine, int endColumn) implements Comparable<Mark> {
    public static final Mark NONE = new Mark(SourceText.NONE, 1, 1, 1, 1);

    /** One place, without extent. */
    public static Mark at(SourceText source, int line, int column) {
        return new Mark(source, line, column, line, column);
    }

    /** By name of the source, line, column. */
    @Override
    public int compareTo(Mark other) {
        int bySource = source.name().compareTo(other.source.name());
        if (bySource != 0) {
            return bySource;
        }
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return line < 1 ? source.name() : source.name() + ":" + line + ":" + column;
    }
}
