package dev.sluice.gotext;

/** Addresses of the form {@code host:port}, as Go's package {@code net} has them. */
public final class GoHostPort {
    private GoHostPort() {}

    /** A host as it stands before its port, without the brackets that an address of IPv6 has there; everything else as it is. */
    public static String host(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
