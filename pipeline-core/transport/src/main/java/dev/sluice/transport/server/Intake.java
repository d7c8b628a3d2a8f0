package dev.sluice.transport.server;

import dev.sluice.api.Admission;
import dev.sluice.otlp.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Takes one body or message off the wire into one array, the only copy it gets, and accounts for it: what it will need is acquired
 * before it comes where its length is known, else in steps as it comes.
 */
final class Intake {
    private static final int STEP = 64 * 1024;

    /** A declared length is only believed that far; the array of a larger body grows with what has come. */
    private static final int BELIEVED = 256 * 1024;

    private static final byte[] NONE = new byte[0];

    /** What became of a piece. */
    enum Verdict {
        TAKEN,
        /** The whole is beyond the limit. */
        TOO_LARGE,
        /** The process has no room for it now. */
        NO_ROOM
    }

    private final Admission admission;
    private final int limit;
    private byte[] array = NONE;
    private int length;
    private int expected = -1;
    private long held;

    Intake(Admission admission, int limit) {
        this.admission = admission;
        this.limit = limit;
    }

    /** {@code bytes} will come; negative where that is not known. */
    Verdict expect(long bytes) {
        if (bytes > limit) {
            return Verdict.TOO_LARGE;
        }
        if (!grow(bytes < 0 ? Math.min(STEP, limit) : bytes)) {
            return Verdict.NO_ROOM;
        }
        if (bytes >= 0) {
            expected = (int) bytes;
            array = bytes == 0 ? NONE : new byte[Math.min(expected, BELIEVED)];
        }
        return Verdict.TAKEN;
    }

    /** Copies what is readable. */
    Verdict take(ByteBuf data) {
        int more = data.readableBytes();
        if (more > limit - length) {
            return Verdict.TOO_LARGE;
        }
        while (length + more > held) {
            if (!grow(STEP)) {
                return Verdict.NO_ROOM;
            }
        }
        if (length + more > array.length) {
            long room = Math.max(length + more, Math.max(1024, 2L * array.length));
            array = Arrays.copyOf(array, (int) Math.min(room, expected >= length + more ? expected : limit));
        }
        data.readBytes(array, length, more);
        length += more;
        return Verdict.TAKEN;
    }

    int length() {
        return length;
    }

    /** All that came. */
    Bytes bytes() {
        return Bytes.of(array, 0, length);
    }

    /** Bytes accounted for. */
    long held() {
        return held;
    }

    /** Acquires more; false if there is no room. */
    boolean grow(long bytes) {
        if (bytes > 0 && !admission.tryAcquire(bytes)) {
            return false;
        }
        held += bytes;
        return true;
    }

    /** Only so many are needed further on, in an array that is somebody else's. */
    void keep(long bytes) {
        array = NONE;
        if (bytes < held) {
            admission.release(held - bytes);
            held = bytes;
        }
    }

    /** Gives all back. Legal twice. */
    void release() {
        if (held > 0) {
            admission.release(held);
            held = 0;
        }
        array = NONE;
    }
}
