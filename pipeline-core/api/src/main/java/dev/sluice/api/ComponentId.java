package dev.sluice.api;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code type} or {@code type/name}, as in the keys of a configuration.
 *
 * @param type matches {@code ^[a-zA-Z][0-9a-zA-Z_]{0,62}$}
 * @param name empty, or up to 1024 characters without spaces, controls and symbols
 */
public record ComponentId(String type, String name) implements Comparable<ComponentId> {
    private static final Pattern TYPE = Pattern.compile("^[a-zA-Z][0-9a-zA-Z_]{0,62}$");
    private static final Pattern NAME = Pattern.compile("^[^\\p{Z}\\p{C}\\p{S}]+$");

    /** Throws {@link IllegalArgumentException} with the Collector's own text if the id is not one. */
    public static ComponentId parse(String text) {
        int slash = text.indexOf('/');
        String type = (slash < 0 ? text : text.substring(0, slash)).strip();
        String name = slash < 0 ? "" : text.substring(slash + 1).strip();
        if (type.isEmpty()) {
            throw new IllegalArgumentException(
                    slash < 0
                            ? "id must not be empty"
                            : "in \"" + text + "\" id: the part before / should not be empty");
        }
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("in \"" + text + "\" id: invalid character(s) in type \"" + type + "\"");
        }
        if (slash >= 0 && name.isEmpty()) {
            throw new IllegalArgumentException("in \"" + text + "\" id: the part after / should not be empty");
        }
        if (name.length() > 1024) {
            throw new IllegalArgumentException("in \"" + text + "\" id: name \"" + name
                    + "\" is longer than 1024 characters (" + name.length() + " characters)");
        }
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("in \"" + text + "\" id: invalid character(s) in name \"" + name + "\"");
        }
        return new ComponentId(type, name);
    }

    /** Written out, as in {@link PipelineId}: the JVM makes a record's own at its first call, with code that costs each start some milliseconds. */
    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof ComponentId other && type.equals(other.type) && name.equals(other.name);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + name.hashCode();
    }

    @Override
    public int compareTo(ComponentId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return name.isEmpty() ? type : type + "/" + name;
    }
}
