package dev.sluice.processors.probabilisticsampler;

/**
 * Which bytes make a tracestate and its member {@code ot}. Source: W3C Trace Context, 3.3.1; OpenTelemetry specification,
 * "TraceState Handling". Sizes of keys are not looked at here.
 */
final class TraceStateSyntax {
    private static final int MAX_VALUE_BYTES = 256;

    private TraceStateSyntax() {}

    /** Whether the range, empty or not, is a list of members. */
    static boolean isList(byte[] array, int start, int end) {
        int at = start;
        while (at < end) {
            int next = indexOf(array, at, end, ',');
            int from = trimStart(array, at, next);
            int to = trimEnd(array, from, next);
            if (from < to && !isMember(array, from, to)) {
                return false;
            }
            at = next + 1;
        }
        return true;
    }

    /** Whether the range is a value of {@code ot}: fields with {@code ;} between them. */
    static boolean isOtelValue(byte[] array, int start, int end) {
        if (start == end || array[end - 1] == ';') {
            return false;
        }
        int at = start;
        while (at < end) {
            int next = indexOf(array, at, end, ';');
            int colon = indexOf(array, at, next, ':');
            if (colon == next || !isOtelKey(array, at, colon) || !isOtelText(array, colon + 1, next)) {
                return false;
            }
            at = next + 1;
        }
        return true;
    }

    /** Where the byte is first, or {@code end}. */
    static int indexOf(byte[] array, int start, int end, char wanted) {
        int at = start;
        while (at < end && array[at] != wanted) {
            at++;
        }
        return at;
    }

    static int trimStart(byte[] array, int start, int end) {
        int at = start;
        while (at < end && isSpace(array[at])) {
            at++;
        }
        return at;
    }

    static int trimEnd(byte[] array, int start, int end) {
        int at = end;
        while (at > start && isSpace(array[at - 1])) {
            at--;
        }
        return at;
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isMember(byte[] array, int start, int end) {
        int equals = indexOf(array, start, end, '=');
        return equals < end && isKey(array, start, equals) && isValue(array, equals + 1, end);
    }

    /** A simple key, or a tenant's and a system's with {@code @} between them. */
    private static boolean isKey(byte[] array, int start, int end) {
        int at = indexOf(array, start, end, '@');
        if (at == end) {
            return start < end && isLower(array[start]) && isKeyRest(array, start + 1, end);
        }
        return start < at
                && at + 1 < end
                && isLowerOrDigit(array[start])
                && isLower(array[at + 1])
                && isKeyRest(array, start + 1, at)
                && isKeyRest(array, at + 2, end);
    }

    private static boolean isKeyRest(byte[] array, int start, int end) {
        for (int i = start; i < end; i++) {
            byte c = array[i];
            if (!isLowerOrDigit(c) && c != '_' && c != '-' && c != '*' && c != '/') {
                return false;
            }
        }
        return true;
    }

    /** Printable ASCII but {@code =}; there is no comma in it and no space at its end. */
    private static boolean isValue(byte[] array, int start, int end) {
        if (start == end || end - start > MAX_VALUE_BYTES) {
            return false;
        }
        for (int i = start; i < end; i++) {
            byte c = array[i];
            if (c < ' ' || c > '~' || c == '=') {
                return false;
            }
        }
        return true;
    }

    private static boolean isOtelKey(byte[] array, int start, int end) {
        if (start == end || !isLower(array[start])) {
            return false;
        }
        for (int i = start + 1; i < end; i++) {
            if (!isLowerOrDigit(array[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOtelText(byte[] array, int start, int end) {
        for (int i = start; i < end; i++) {
            byte c = array[i];
            if (!isLowerOrDigit(c) && !(c >= 'A' && c <= 'Z') && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLower(byte c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isLowerOrDigit(byte c) {
        return isLower(c) || (c >= '0' && c <= '9');
    }
}
