"""The elements and attributes of SVG that draw (SVG 2, Filter Effects, SMIL animation). Data only."""

ELEMENTS = frozenset(
    """
    svg g defs symbol use switch a view title desc
    path rect circle ellipse line polyline polygon text tspan textPath image
    linearGradient radialGradient stop pattern clipPath mask marker filter
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
    feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    animate animateMotion animateTransform set mpath style
    """.split()  # noqa: SIM905 - a table to read
)

ATTRIBUTES = frozenset(
    """
    id class lang xml:lang xml:space role version baseProfile
    x y z x1 x2 y1 y2 cx cy r rx ry fx fy fr dx dy d points width height viewBox preserveAspectRatio transform
    transform-origin rotate textLength lengthAdjust startOffset method spacing side pathLength offset
    gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform
    clipPathUnits maskUnits maskContentUnits mask-type filterUnits primitiveUnits
    markerWidth markerHeight markerUnits refX refY orient zoomAndPan
    requiredFeatures requiredExtensions systemLanguage
    alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation
    color-interpolation-filters color-rendering cursor direction display dominant-baseline enable-background fill
    fill-opacity fill-rule filter flood-color flood-opacity font font-family font-size font-size-adjust
    font-stretch font-style font-variant font-weight glyph-orientation-horizontal glyph-orientation-vertical
    image-rendering isolation kerning letter-spacing lighting-color marker marker-end marker-mid marker-start mask
    mix-blend-mode opacity overflow paint-order pointer-events shape-rendering stop-color stop-opacity stroke
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
    text-anchor text-decoration text-overflow text-rendering unicode-bidi vector-effect visibility white-space
    word-spacing writing-mode
    in in2 result mode operator k1 k2 k3 k4 values type tableValues slope intercept amplitude exponent stdDeviation
    order kernelMatrix divisor bias targetX targetY edgeMode kernelUnitLength preserveAlpha surfaceScale
    diffuseConstant specularConstant specularExponent limitingConeAngle pointsAtX pointsAtY pointsAtZ azimuth
    elevation scale xChannelSelector yChannelSelector radius baseFrequency numOctaves seed stitchTiles
    attributeName attributeType begin dur end min max restart repeatCount repeatDur calcMode keyTimes keySplines
    keyPoints from to by additive accumulate path origin
    """.split()  # noqa: SIM905 - a table to read
)

NOT_ANIMATED = frozenset({"id", "class", "attributeName", "attributeType", "type", "begin", "end", "path"})
"""Allowed as attributes, but no target of `<animate>` or `<set>`; `href`, `style` and `on*` are not in ATTRIBUTES."""
