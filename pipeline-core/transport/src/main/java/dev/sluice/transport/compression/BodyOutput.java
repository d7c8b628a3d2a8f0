package dev.sluice.transport.compression;

import dev.sluice.otlp.Bytes;
import java.util.Arrays;

/**
 * What a body turns out to hold, counted as it is made, in one array that grows at most to double its size. Where nothing says
 * beforehand how much it will be, it grows in an array that is kept for the next body, and the result is one exact copy.
 */
final class BodyOutput {
    /** So much is granted and allocated at least. */
    private static final int STEP = 64 * 1024;

    /** An array up to this size is kept from one body to the next. */
    private static final int KEPT = 1024 * 1024;

    /** A foreseen size is believed up to this multiple of the compressed size; good data is rarely denser. */
    private static final int BELIEVABLE = 32;

    private static final byte[] NOTHING = {};

    private byte[] kept = NOTHING;
    private byte[] array = NOTHING;
    /** The array was made for this body. */
    private boolean own;

    private int position;
    private int end;
    private int granted;
    private int most;
    private int compressed;
    private Decompressor.Growth growth = bytes -> false;

    /** Of a body of {@code compressed} bytes. */
    void begin(int compressed, Decompressor.Growth growth) {
        this.compressed = compressed;
        this.growth = growth;
        granted = 0;
    }

    /** Begins, or begins again: what was granted is not asked for twice. No more than {@code atMost} are taken. */
    void restart(int atMost) {
        most = atMost;
        array = kept;
        own = false;
        position = 0;
        end = 0;
    }

    /** No more than may be made. */
    boolean fits(long length) {
        return length <= most - position;
    }

    /** That many bytes follow; they get an array of their own. To be called before anything is written, or not at all. */
    void exactly(long length) throws BodyException {
        if (!fits(length)) {
            throw BodyException.tooLarge();
        }
        if (position > 0 || length == 0) {
            return;
        }
        grant((int) length);
        array = new byte[(int) length];
        own = true;
    }

    /** That many bytes follow, by a word that may be wrong. */
    void about(long length) throws BodyException {
        long believed = Math.max(STEP, (long) BELIEVABLE * compressed);
        if (length > 0 && length <= believed && length <= most) {
            exactly(length);
        }
    }

    byte[] array() {
        return array;
    }

    /** Where to write next. */
    int position() {
        return position;
    }

    /** Bytes that may be written at {@link #position}. */
    int room() {
        return end - position;
    }

    /** That many bytes were written at {@link #position}. */
    void advance(int written) {
        position += written;
    }

    /** Makes room for that many bytes at least; {@link #array} may be another afterwards. */
    void require(int bytes) throws BodyException {
        if (bytes <= end - position) {
            return;
        }
        long needed = (long) position + bytes;
        if (needed > most) {
            throw BodyException.tooLarge();
        }
        int wanted = (int) Math.min(most, Math.max(needed, Math.max(STEP, 2L * end)));
        grant(wanted);
        if (array.length < wanted) {
            array = Arrays.copyOf(array, wanted);
            own = true;
        }
    }

    void write(byte[] in, int offset, int length) throws BodyException {
        require(length);
        System.arraycopy(in, offset, array, position, length);
        position += length;
    }

    /** What was written. */
    Bytes finish() {
        if (own && position >= array.length - array.length / 16) {
            return Bytes.of(array, 0, position);
        }
        if (own && array.length <= KEPT && array.length > kept.length) {
            kept = array;
        }
        return Bytes.of(Arrays.copyOf(array, position));
    }

    /** Lets go of what belongs to the body. */
    void clear() {
        array = kept;
        own = false;
        growth = bytes -> false;
    }

    private void grant(int wanted) throws BodyException {
        if (wanted > granted) {
            if (!growth.grow(wanted - granted)) {
                throw BodyException.noRoom();
            }
            granted = wanted;
        }
        end = wanted;
    }
}
