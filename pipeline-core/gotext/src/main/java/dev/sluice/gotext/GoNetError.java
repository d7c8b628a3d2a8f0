package dev.sluice.gotext;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What went wrong with a connection, as Go's packages {@code net} and {@code crypto/tls} say it, as far as Java and Netty tell as much. */
public final class GoNetError {
    /** What Netty's native transports put before the text of the system: {@code finishConnect(..) failed with error(-111): }. */
    private static final Pattern CALL = Pattern.compile("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ");

    /** What Netty puts behind it: the name that was asked for, if any, and the address. */
    private static final Pattern ADDRESS = Pattern.compile(": [^/ ]*/(\\S+:\\d+)$");

    /** Netty's own resolver and the system's name the host in ways of their own. */
    private static final Pattern HOST = Pattern.compile("^Failed to resolve '([^']+)'|^([^\\s:]+)");

    private GoNetError() {}

    /** With the address that could not be had; of what is none of these failures the message, or the type where there is none. */
    public static String reason(Throwable failure) {
        return switch (failure) {
            // As the JDK's client for HTTP has it.
            case ConnectException e when e.getMessage() == null -> "connection refused";
            case ConnectException _ -> dial(message(failure));
            case UnknownHostException _ -> lookup(message(failure));
            case SSLException _ -> "tls: " + handshake(failure);
            default -> message(failure);
        };
    }

    /**
     * Why an address cannot be listened on: {@code listen tcp localhost:4317: bind: address already in use}.
     *
     * @param network {@code tcp}, {@code tcp6}, {@code unix}
     * @param address {@code host:port} as the configuration has it, or the path of a socket
     */
    public static String listen(String network, String address, Throwable failure) {
        return "listen " + network + " " + address + ": bind: " + system(message(failure));
    }

    /** The text of the system alone: {@code address already in use}. */
    private static String system(String message) {
        return CALL.matcher(message).replaceFirst("").toLowerCase(Locale.ROOT);
    }

    private static String dial(String message) {
        Matcher address = ADDRESS.matcher(message);
        return address.find()
                ? "dial tcp " + address.group(1) + ": connect: " + system(message.substring(0, address.start()))
                : system(message);
    }

    private static String lookup(String message) {
        Matcher host = HOST.matcher(message);
        return host.find()
                ? "dial tcp: lookup " + (host.group(1) == null ? host.group(2) : host.group(1)) + ": no such host"
                : message;
    }

    /** The innermost cause knows what it was; those around it that there was something. */
    private static String handshake(Throwable failure) {
        String innermost = message(failure);
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            innermost = cause.getMessage() == null ? innermost : cause.getMessage();
        }
        // Netty shows the bytes too.
        return innermost.startsWith("not an SSL/TLS record")
                ? "first record does not look like a TLS handshake"
                : innermost;
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
