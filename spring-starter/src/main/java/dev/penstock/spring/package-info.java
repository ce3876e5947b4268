/**
 * Penstock in a Spring Boot application: what an application sees. {@link dev.penstock.spring.PenstockPools} tells what
 * there is, {@link dev.penstock.spring.PenstockConfigCustomizer} sets what only code can set; everything else is
 * properties. Packages below this one are the starter's own.
 */
@NullMarked
package dev.penstock.spring;

import org.jspecify.annotations.NullMarked;
