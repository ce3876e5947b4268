package dev.penstock.spring.pools;

import dev.penstock.PenstockConfig;
import java.util.function.UnaryOperator;

/** What a pool that holds its sessions to limits is configured with besides, once everything else has been set. */
@FunctionalInterface
public interface LimitedPools extends UnaryOperator<PenstockConfig> {}
