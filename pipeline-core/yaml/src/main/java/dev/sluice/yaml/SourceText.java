package dev.sluice.yaml;

import java.util.List;

/**
 * One text that a configuration was read from.
 *
 * @param name what positions are printed with: a path as the user gave it, a URI, {@code --set}
 * @param file whether the name is the path of a file
 * @param lines without line ends
 */
public record SourceText(String name, boolean file, List<String> lines) {
    public static final SourceText NONE = of("config", "");

    public static SourceText of(String name, String text) {
        return new SourceText(name, false, text.lines().toList());
    }

    public static SourceText ofFile(String path, String text) {
        return new SourceText(path, true, text.lines().toList());
    }

    /** The text of a line, counted from 1; empty when there is none. */
    public String line(int number) {
        return number < 1 || number > lines.size() ? "" : lines.get(number - 1);
    }

    @Override
    public String toString() {
        return name;
    }
}
