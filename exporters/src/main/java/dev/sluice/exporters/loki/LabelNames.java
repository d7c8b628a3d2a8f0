package dev.sluice.exporters.loki;

import java.util.Arrays;

/** Names that Loki takes: letters, digits and underscores, no digit first. */
final class LabelNames {
    private static final byte[] BEFORE_DIGIT = {'k', 'e', 'y', '_'};

    private LabelNames() {}

    /** The name with an underscore for each other character, as Loki's OTLP endpoint writes it. */
    static String name(String key) {
        String name = key.replaceAll("[^a-zA-Z0-9_]", "_");
        return !name.isEmpty() && digit(name.charAt(0)) ? "key_" + name : name;
    }

    static boolean valid(String name) {
        return !name.isEmpty() && name.equals(name(name));
    }

    /** The same of a key in UTF-8. */
    static byte[] name(byte[] array, int start, int length) {
        byte[] name = new byte[length + BEFORE_DIGIT.length];
        int used = 0;
        if (length > 0 && digit(array[start])) {
            System.arraycopy(BEFORE_DIGIT, 0, name, 0, BEFORE_DIGIT.length);
            used = BEFORE_DIGIT.length;
        }
        for (int i = start; i < start + length; i++) {
            byte b = array[i];
            boolean taken = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || digit(b) || b == '_';
            boolean continues = (b & 0xc0) == 0x80;
            if (!continues) {
                name[used++] = taken ? b : (byte) '_';
            }
        }
        return Arrays.copyOf(name, used);
    }

    private static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }
}
