package dev.sluice.transport.compression;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers as they lie in the formats. The caller has checked that they lie within the array. */
final class LittleEndian {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static int unsigned16(byte[] in, int at) {
        return (short) SHORTS.get(in, at) & 0xffff;
    }

    static int unsigned24(byte[] in, int at) {
        return unsigned16(in, at) | ((in[at + 2] & 0xff) << 16);
    }

    static int signed32(byte[] in, int at) {
        return (int) INTS.get(in, at);
    }

    static long unsigned32(byte[] in, int at) {
        return (int) INTS.get(in, at) & 0xffff_ffffL;
    }

    static long signed64(byte[] in, int at) {
        return (long) LONGS.get(in, at);
    }
}
