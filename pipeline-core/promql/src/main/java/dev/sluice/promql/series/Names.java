package dev.sluice.promql.series;

/** Which texts are names of labels and metrics. */
public final class Names {
    private Names() {}

    /** Whether a label's name needs no quotes: {@code [a-zA-Z_][a-zA-Z0-9_]*}. */
    public static boolean legacy(String name) {
        if (name.isEmpty()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!alpha(name.charAt(i)) && !(i > 0 && digit(name.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a label may have that name at all: any text but none. */
    public static boolean valid(String name) {
        return !name.isEmpty() && text(name);
    }

    /** A lone surrogate stands for what is no text. */
    private static boolean text(String name) {
        return name.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** Name, type and unit: labels that belong to the metric and not to what is measured. */
    public static boolean metadata(String label) {
        return label.equals(Labels.NAME) || label.equals(Labels.TYPE) || label.equals(Labels.UNIT);
    }

    private static boolean alpha(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
