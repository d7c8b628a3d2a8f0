package dev.sluice.transport.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Values in ASN.1's distinguished encoding (X.690), as far as certificates need them. */
final class Der {
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int UTF8_STRING = 0x0c;
    static final int UTC_TIME = 0x17;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private Der() {}

    /** Tag, length and the parts one after another. */
    static byte[] value(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length >= 0x80) {
            boolean one = length < 0x100;
            out.write(one ? 0x81 : 0x82);
            if (!one) {
                out.write(length >>> 8);
            }
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return value(SEQUENCE, parts);
    }

    static byte[] text(int tag, String text) {
        return value(tag, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a number below 128. */
    static byte[] integer(int number) {
        return new byte[] {0x02, 1, (byte) number};
    }

    static byte[] isTrue() {
        return new byte[] {0x01, 1, (byte) 0xff};
    }

    /** A bit string of whole bytes. */
    static byte[] bits(byte[] bytes) {
        return value(BIT_STRING, new byte[] {0}, bytes);
    }

    /** The object identifier, its arcs below 2^21. */
    static byte[] oid(int... arcs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(40 * arcs[0] + arcs[1]);
        for (int i = 2; i < arcs.length; i++) {
            if (arcs[i] >= 1 << 14) {
                out.write(0x80 | (arcs[i] >>> 14));
            }
            if (arcs[i] >= 1 << 7) {
                out.write(0x80 | (arcs[i] >>> 7));
            }
            out.write(arcs[i] & 0x7f);
        }
        return value(0x06, out.toByteArray());
    }
}
