/** The client of Prometheus; the package has it in one file, so that nobody has to install it. */
export { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
