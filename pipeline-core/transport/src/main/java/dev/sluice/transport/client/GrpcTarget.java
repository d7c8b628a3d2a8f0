package dev.sluice.transport.client;

import dev.sluice.gotext.GoHostPort;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a gRPC client connects to.
 *
 * @param host a name, an address, or empty for this machine
 * @param socket path of a unix domain socket, or empty
 * @param insecure the scheme says that there is no TLS
 */
record GrpcTarget(String host, int port, String socket, boolean insecure) {
    private static final String UNIX = "unix://";

    /** Only for an endpoint without {@link #problem}. */
    static GrpcTarget parse(String endpoint) {
        boolean insecure = endpoint.startsWith("http://");
        if (endpoint.startsWith(UNIX)) {
            return new GrpcTarget("localhost", 0, endpoint.substring(UNIX.length()), false);
        }
        String address = strip(endpoint);
        int colon = address.lastIndexOf(':');
        String host = GoHostPort.host(address.substring(0, colon));
        return new GrpcTarget(host, Integer.parseInt(address.substring(colon + 1)), "", insecure);
    }

    /** What is wrong with an endpoint, in the Collector's words, or null. */
    static @Nullable String problem(String endpoint) {
        if (endpoint.startsWith(UNIX)) {
            return endpoint.length() == UNIX.length() ? "unix socket path cannot be empty" : null;
        }
        String address = strip(endpoint);
        if (address.isEmpty()) {
            return "requires a non-empty \"endpoint\"";
        }
        int colon = address.lastIndexOf(':');
        if (colon < 0 || address.endsWith("]")) {
            return "address " + address + ": missing port in address";
        }
        String host = address.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!bracketed && host.indexOf(':') >= 0) {
            return "address " + address + ": too many colons in address";
        }
        String port = address.substring(colon + 1);
        return port(port) ? null : "invalid port \"" + port + "\"";
    }

    /** The host as it stands in an {@code :authority}: an address of IPv6 in brackets. */
    String name() {
        return host.isEmpty() ? "localhost" : host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private static String strip(String endpoint) {
        String lower = endpoint.toLowerCase(Locale.ROOT);
        for (String scheme : new String[] {"http://", "https://"}) {
            if (lower.startsWith(scheme)) {
                return endpoint.substring(scheme.length());
            }
        }
        // dns:///host:port, dns://server/host:port, passthrough:///host:port: what counts stands behind the last slash.
        return lower.startsWith("dns://") || lower.startsWith("passthrough://")
                ? endpoint.substring(endpoint.indexOf('/', endpoint.indexOf("://") + 3) + 1)
                : endpoint;
    }

    private static boolean port(String text) {
        if (text.isEmpty() || text.length() > 5) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        // The Collector lets a port beyond 65535 pass here and fails when it connects.
        return Integer.parseInt(text) <= 65_535;
    }
}
