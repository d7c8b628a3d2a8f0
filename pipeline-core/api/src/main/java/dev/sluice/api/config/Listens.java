package dev.sluice.api.config;

import java.util.Map;

/** Implemented by the configuration of a component that listens: no two in a process may do so at the same address. */
public interface Listens {
    /** By key, as in {@link Problems#at}: {@code host:port}, or the path of a socket. Port 0 is one that the system chooses. */
    Map<String, String> listens();
}
