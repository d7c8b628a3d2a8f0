package dev.sluice.promql.template;

import dev.sluice.gotext.GoHostPort;

/** Addresses of the form {@code host:port}. Source: Go's net.SplitHostPort. */
final class HostNames {
    private static final int MAX_OCTET = 255;
    private static final int OCTETS = 4;

    private HostNames() {}

    static String stripPort(String address) {
        int colon = colon(address);
        return colon < 0 ? address : host(address, colon);
    }

    static String stripDomain(String address) {
        int colon = colon(address);
        String host = colon < 0 ? address : host(address, colon);
        if (isAddress(host)) {
            return address;
        }
        String first = host.split("\\.", 2)[0];
        String port = colon < 0 ? "" : address.substring(colon + 1);
        if (port.isEmpty()) {
            return first;
        }
        return (first.indexOf(':') >= 0 ? "[" + first + "]" : first) + ":" + port;
    }

    private static String host(String address, int colon) {
        return GoHostPort.host(address.substring(0, colon));
    }

    /** Where the port's colon is; -1 where host and port cannot be told apart. */
    private static int colon(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 0) {
            return -1;
        }
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            return end >= 0 && end + 1 == colon && address.indexOf('[', 1) < 0 && address.indexOf(']', end + 1) < 0
                    ? colon
                    : -1;
        }
        return address.indexOf(':') == colon && address.indexOf('[') < 0 && address.indexOf(']') < 0 ? colon : -1;
    }

    private static boolean isAddress(String host) {
        if (host.indexOf(':') >= 0) {
            return host.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
        }
        String[] parts = host.split("\\.", -1);
        if (parts.length != OCTETS) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty()
                    || part.length() > 3
                    || !part.chars().allMatch(c -> c >= '0' && c <= '9')
                    || Integer.parseInt(part) > MAX_OCTET
                    || (part.length() > 1 && part.charAt(0) == '0')) {
                return false;
            }
        }
        return true;
    }
}
