package dev.sluice.otlp;

import java.util.List;

/**
 * Makes one request out of several of one signal. All three are {@code repeated ResourceX = 1}, so that the bytes one after another
 * are the merged request (protobuf.dev, "Last One Wins"): nothing is decoded or copied, unknown fields stay.
 */
public final class OtlpMerge {
    private OtlpMerge() {}

    /** The requests as one rope that shares their arrays. Throws {@link ArithmeticException} beyond 2 GiB. */
    public static Bytes merge(List<Bytes> requests) {
        return Bytes.concat(requests);
    }
}
