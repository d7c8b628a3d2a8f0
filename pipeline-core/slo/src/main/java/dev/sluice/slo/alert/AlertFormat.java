package dev.sluice.slo.alert;

import java.util.List;

/** How a destination wants to be told of alerts. */
sealed interface AlertFormat permits AlertmanagerApi, AlertmanagerWebhook, CloudEvents {
    /**
     * Whether the destination is to hear of this.
     *
     * @param now in milliseconds since 1970
     */
    boolean wants(AlertNotice notice, long now);

    /** The most alerts of one request. */
    int maxBatch();

    /** The most requests that are under way at once. */
    int maxRequests();

    /** Whether a request that tells of the first may tell of the other too. */
    boolean together(AlertNotice first, AlertNotice next);

    /** Whoever is told acts on it itself, rather than pass it on. */
    boolean acts();

    String contentType();

    /** @param batch not empty, all that may be told together */
    byte[] body(List<AlertNotice> batch);
}
