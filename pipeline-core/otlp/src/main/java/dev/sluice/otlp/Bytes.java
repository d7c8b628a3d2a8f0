package dev.sluice.otlp;

import java.util.ArrayList;
import java.util.List;

/**
 * An immutable sequence of bytes: a rope of heap array slices, so that merging copies nothing.
 *
 * <p>Whoever hands an array in gives it up: nobody writes to it afterwards. Where a {@code Bytes} holds an OTLP request, every
 * slice is a request by itself (a run of whole top-level fields), so that cursors never read across two slices.
 */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0][], new int[0], 0);

    private final byte[][] arrays;
    /** Offset and length of slice {@code i} at {@code 2i} and {@code 2i + 1}. */
    private final int[] ranges;

    private final int length;

    private Bytes(byte[][] arrays, int[] ranges, int length) {
        this.arrays = arrays;
        this.ranges = ranges;
        this.length = length;
    }

    public static Bytes of(byte[] array) {
        return of(array, 0, array.length);
    }

    /** Throws {@link IndexOutOfBoundsException} if the range lies outside the array. */
    public static Bytes of(byte[] array, int offset, int length) {
        java.util.Objects.checkFromIndexSize(offset, length, array.length);
        return length == 0 ? EMPTY : new Bytes(new byte[][] {array}, new int[] {offset, length}, length);
    }

    /** The parts one after another, sharing their arrays. Throws {@link ArithmeticException} beyond 2 GiB. */
    public static Bytes concat(List<Bytes> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int slices = 0;
        int length = 0;
        for (Bytes part : parts) {
            slices += part.arrays.length;
            length = Math.addExact(length, part.length);
        }
        if (length == 0) {
            return EMPTY;
        }
        byte[][] arrays = new byte[slices][];
        int[] ranges = new int[2 * slices];
        int next = 0;
        for (Bytes part : parts) {
            System.arraycopy(part.arrays, 0, arrays, next, part.arrays.length);
            System.arraycopy(part.ranges, 0, ranges, 2 * next, part.ranges.length);
            next += part.arrays.length;
        }
        return new Bytes(arrays, ranges, length);
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public int sliceCount() {
        return arrays.length;
    }

    /** The array that slice {@code i} lies in; read only, from {@link #sliceOffset} for {@link #sliceLength} bytes. */
    public byte[] sliceArray(int i) {
        return arrays[i];
    }

    public int sliceOffset(int i) {
        return ranges[2 * i];
    }

    public int sliceLength(int i) {
        return ranges[2 * i + 1];
    }

    /** A copy of the whole in one array. */
    public byte[] toByteArray() {
        byte[] copy = new byte[length];
        int at = 0;
        for (int i = 0; i < arrays.length; i++) {
            System.arraycopy(arrays[i], sliceOffset(i), copy, at, sliceLength(i));
            at += sliceLength(i);
        }
        return copy;
    }

    /** Equal content, however it is sliced. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && length == that.length
                && java.util.Arrays.equals(toByteArray(), that.toByteArray());
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(toByteArray());
    }

    @Override
    public String toString() {
        return "Bytes[" + length + " in " + arrays.length + " slices]";
    }

    /** The slices as {@code Bytes} of one slice each. */
    public List<Bytes> slices() {
        List<Bytes> slices = new ArrayList<>(arrays.length);
        for (int i = 0; i < arrays.length; i++) {
            slices.add(of(arrays[i], sliceOffset(i), sliceLength(i)));
        }
        return slices;
    }
}
