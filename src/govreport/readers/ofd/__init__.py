"""Open fixed-layout documents (.ofd, GB/T 33190-2016), the national counterpart of PDF."""
