/** What Vite can import besides code. */
declare module '*.css';
