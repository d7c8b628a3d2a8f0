package dev.sluice.transport.server;

import dev.sluice.api.config.Problems;
import dev.sluice.gotext.GoHostPort;
import io.vertx.core.net.SocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys {@code endpoint} and {@code transport} of a server. */
record ServerAddress(String endpoint, String transport) {
    private static final Set<String> LISTENING = Set.of("tcp", "tcp4", "tcp6", "unix");
    private static final Set<String> KNOWN =
            Set.of("udp", "udp4", "udp6", "ip", "ip4", "ip6", "unixgram", "unixpacket", "npipe");

    private static final int MAX_PORT = 65_535;

    boolean unix() {
        return transport.equals("unix");
    }

    void validate(Problems problems) {
        String transportProblem = transportProblem();
        String endpointProblem = endpointProblem();
        if (transportProblem != null) {
            problems.at("transport", transportProblem);
        } else if (endpointProblem != null) {
            problems.at("endpoint", endpointProblem);
        }
    }

    /** What is wrong with the transport, or null. */
    @Nullable
    String transportProblem() {
        if (LISTENING.contains(transport)) {
            return null;
        }
        return KNOWN.contains(transport)
                ? "transport \"" + transport + "\" cannot be listened on, only tcp, tcp4, tcp6 and unix"
                : "unsupported transport type \"" + transport + "\"";
    }

    /** What is wrong with the endpoint, in the words of Go's net package, or null. */
    @Nullable
    String endpointProblem() {
        if (endpoint.isEmpty() || unix()) {
            return null;
        }
        int colon = endpoint.lastIndexOf(':');
        if (colon < 0 || endpoint.endsWith("]")) {
            return "address " + endpoint + ": missing port in address";
        }
        String host = endpoint.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!bracketed && host.indexOf(':') >= 0) {
            return "address " + endpoint + ": too many colons in address";
        }
        String port = endpoint.substring(colon + 1);
        return port(port) < 0 ? "address " + endpoint + ": invalid port" : null;
    }

    /** Throws {@link IllegalArgumentException} for an endpoint that is empty or has a {@link #endpointProblem}. */
    SocketAddress socket() {
        String wrong = endpoint.isEmpty() ? "requires a non-empty \"endpoint\"" : endpointProblem();
        if (wrong != null) {
            throw new IllegalArgumentException(wrong);
        }
        if (unix()) {
            return SocketAddress.domainSocketAddress(endpoint);
        }
        int colon = endpoint.lastIndexOf(':');
        return SocketAddress.inetSocketAddress(port(endpoint.substring(colon + 1)), host(endpoint.substring(0, colon)));
    }

    /** Everybody else in the network can reach it. */
    boolean wide() {
        if (endpoint.isEmpty() || unix()) {
            return false;
        }
        String host = endpoint.substring(0, endpoint.lastIndexOf(':'));
        return !host.equals("localhost") && !host.startsWith("127.") && !host.equals("[::1]");
    }

    private String host(String given) {
        String host = GoHostPort.host(given);
        if (transport.equals("tcp6")) {
            return host.isEmpty() ? "::" : host.equals("localhost") ? "::1" : host;
        }
        return host.isEmpty() ? "0.0.0.0" : host;
    }

    /** -1 for what is no port. */
    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(text);
        return port <= MAX_PORT ? port : -1;
    }
}
