package dev.sluice.exporters.loki;

import dev.sluice.otlp.WireAppender;

/** Names that Loki takes: letters, digits and underscores, no digit first. */
final class LabelNames {
    private static final byte[] BEFORE_DIGIT = {'k', 'e', 'y', '_'};

    private byte[] scratch = new byte[128];

    /** The name with an underscore for each other character, as Loki's OTLP endpoint writes it. */
    static String name(String key) {
        String name = key.replaceAll("[^a-zA-Z0-9_]", "_");
        return !name.isEmpty() && digit(name.charAt(0)) ? "key_" + name : name;
    }

    static boolean valid(String name) {
        return !name.isEmpty() && name.equals(name(name));
    }

    /** Writes the name of a key in UTF-8: one underscore for each character that Loki does not take. */
    void write(WireAppender out, int field, byte[] array, int start, int length) {
        if (scratch.length < length + BEFORE_DIGIT.length) {
            scratch = new byte[2 * (length + BEFORE_DIGIT.length)];
        }
        int used = 0;
        if (length > 0 && digit(array[start])) {
            System.arraycopy(BEFORE_DIGIT, 0, scratch, 0, BEFORE_DIGIT.length);
            used = BEFORE_DIGIT.length;
        }
        for (int i = start; i < start + length; i++) {
            byte b = array[i];
            boolean taken = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || digit(b) || b == '_';
            boolean continues = (b & 0xc0) == 0x80;
            if (!continues) {
                scratch[used++] = taken ? b : (byte) '_';
            }
        }
        out.bytes(field, scratch, 0, used);
    }

    private static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }
}
