package dev.sluice.prometheus;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How names that old scrapers cannot read are written: the parameter {@code escaping} of the Accept header, by Prometheus's "UTF-8
 * names" proposal. Names of the old alphabet are never touched.
 */
public enum Escaping {
    /** As they are, in quotes. */
    ALLOW_UTF_8,
    /** Every other character becomes an underscore. */
    UNDERSCORES,
    /** Dots become {@code _dot_}, underscores and all else are doubled underscores. */
    DOTS,
    /** Reversible: {@code U__} and hexadecimal code points between underscores. */
    VALUES;

    /** The word in headers. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static @Nullable Escaping of(String key) {
        for (Escaping escaping : values()) {
            if (escaping.key().equals(key)) {
                return escaping;
            }
        }
        return null;
    }

    /** The name in this escaping. */
    public String escape(String name) {
        if (this == ALLOW_UTF_8 || isLegacy(name)) {
            return name;
        }
        StringBuilder escaped = new StringBuilder(name.length() + 16);
        if (this == VALUES) {
            escaped.append("U__");
        }
        for (int i = 0; i < name.length(); i = name.offsetByCodePoints(i, 1)) {
            append(escaped, name.codePointAt(i), i);
        }
        return escaped.toString();
    }

    private void append(StringBuilder escaped, int c, int at) {
        boolean legal = isLegacy(c, at == 0);
        switch (this) {
            case ALLOW_UTF_8 -> escaped.appendCodePoint(c);
            case UNDERSCORES -> escaped.append(legal ? (char) c : '_');
            case DOTS -> {
                if (c == '.') {
                    escaped.append("_dot_");
                } else if (legal && c != '_') {
                    escaped.append((char) c);
                } else {
                    escaped.append("__");
                }
            }
            case VALUES -> {
                if (c == '_') {
                    escaped.append("__");
                } else if (legal) {
                    escaped.append((char) c);
                } else if (Character.getType(c) == Character.SURROGATE) {
                    escaped.append("_FFFD_");
                } else {
                    escaped.append('_').append(Integer.toHexString(c)).append('_');
                }
            }
        }
    }

    /** Whether the name matches {@code [a-zA-Z_:][a-zA-Z0-9_:]*}. */
    static boolean isLegacy(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isLegacy(name.charAt(i), i == 0)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isLegacy(int c, boolean first) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || c == ':'
                || (c >= '0' && c <= '9' && !first);
    }
}
