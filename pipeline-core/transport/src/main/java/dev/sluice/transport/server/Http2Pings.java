package dev.sluice.transport.server;

/** The pings of one connection, ours and the client's, by the rules of grpc-go. Times as the clock's monotonic one. On one loop. */
final class Http2Pings {
    /** What is to be done about a client that says nothing. */
    enum Due {
        NOTHING,
        PING,
        /** It has not answered in time. */
        CLOSE
    }

    private final Http2Keepalive keepalive;
    private long pingedAt = -1;
    private long lastPing;
    private boolean pinged;
    private int strikes;

    Http2Pings(Http2Keepalive keepalive) {
        this.keepalive = keepalive;
    }

    /** A ping came, on a connection with streams or without; whether it was one too many. */
    boolean came(long now, boolean streams) {
        long least = streams || keepalive.pingIdle() ? keepalive.minPingInterval() : Http2Keepalive.IDLE_PING_INTERVAL;
        if (pinged && now - lastPing < least) {
            strikes++;
        }
        pinged = true;
        lastPing = now;
        return strikes > Http2Keepalive.MAX_STRIKES;
    }

    /** The client gets an answer, and may ask whether the connection lives. */
    void answered() {
        strikes = 0;
        pinged = false;
    }

    /** {@code heard} is when anything came last. PING says that one is now under way. */
    Due due(long now, long heard) {
        if (pingedAt >= 0 && heard > pingedAt) {
            pingedAt = -1;
        }
        if (pingedAt >= 0) {
            return now - pingedAt >= keepalive.pingTimeout() ? Due.CLOSE : Due.NOTHING;
        }
        if (now - heard < keepalive.pingAfter()) {
            return Due.NOTHING;
        }
        pingedAt = now;
        return Due.PING;
    }
}
