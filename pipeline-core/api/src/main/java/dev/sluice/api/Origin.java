package dev.sluice.api;

import java.util.Map;

/**
 * Where a batch came from: one object per request, shared by everything made from it.
 *
 * @param transport {@code grpc}, {@code http}, or a word of the receiver's own
 * @param peer the client's address, empty when there is none
 * @param metadata request headers in lower case when the receiver has {@code include_metadata}; never tokens. Several values of one
 *     header are joined with {@code ;}
 */
public record Origin(String transport, String peer, Map<String, String> metadata) {
    /** For what Sluice makes itself. */
    public static final Origin INTERNAL = new Origin("internal", "", Map.of());

    public Origin {
        metadata = Map.copyOf(metadata);
    }
}
