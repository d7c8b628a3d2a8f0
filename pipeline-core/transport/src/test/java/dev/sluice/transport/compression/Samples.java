package dev.sluice.transport.compression;

import dev.sluice.otlp.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Bodies to compress, the same for the same seed. */
final class Samples {
    private Samples() {}

    /** Words, which compress about as telemetry does. */
    static byte[] words(long seed, int length) {
        Random random = new Random(seed);
        byte[][] words = new byte[60][];
        for (int i = 0; i < words.length; i++) {
            words[i] = Long.toString(random.nextLong(), 36).getBytes(StandardCharsets.UTF_8);
        }
        byte[] text = new byte[length];
        int at = 0;
        while (at < length) {
            byte[] word = words[random.nextInt(words.length)];
            int part = Math.min(word.length, length - at);
            System.arraycopy(word, 0, text, at, part);
            at += part;
            if (at < length && random.nextInt(4) == 0) {
                text[at++] = (byte) random.nextInt();
            }
        }
        return text;
    }

    /** What does not compress. */
    static byte[] noise(long seed, int length) {
        byte[] noise = new byte[length];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    /** The bytes as a rope of slices of random lengths within larger arrays. */
    static Bytes rope(long seed, byte[] whole) {
        Random random = new Random(seed);
        List<Bytes> parts = new ArrayList<>();
        int at = 0;
        while (at < whole.length) {
            int part = Math.min(1 + random.nextInt(whole.length), whole.length - at);
            byte[] array = noise(random.nextLong(), part + 7);
            System.arraycopy(whole, at, array, 3, part);
            parts.add(Bytes.of(array, 3, part));
            at += part;
        }
        return Bytes.concat(parts);
    }
}
