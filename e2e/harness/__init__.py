"""What the end-to-end tests share: programs, ports, telemetry to send, sinks that keep what arrives."""
