using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.Dashboard;

/// <summary>Markup. What an interpolated string puts in is encoded, unless it is markup itself.</summary>
internal readonly record struct Html(string Markup)
{
    public static readonly Html None = new("");

    /// <summary>Makes markup of <c>$"…{value}…"</c>.</summary>
    public static Html Of(Handler handler) => new(handler.Text);

    /// <summary>Joins pieces.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(p => p.Markup)));

    public override string ToString() => Markup;

    [InterpolatedStringHandler]
    internal readonly ref struct Handler
    {
        private readonly StringBuilder _text;

        public Handler(int literalLength, int formattedCount) =>
            _text = new StringBuilder(literalLength + (formattedCount * 16));

        public string Text => _text.ToString();

        public void AppendLiteral(string value) => _text.Append(value);

        public void AppendFormatted(Html value) => _text.Append(value.Markup);

        public void AppendFormatted(IEnumerable<Html> values)
        {
            foreach (var value in values)
                _text.Append(value.Markup);
        }

        public void AppendFormatted<T>(T value)
        {
            if (value is IEnumerable<Html> pieces)
                AppendFormatted(pieces);
            else
                _text.Append(WebUtility.HtmlEncode(Convert.ToString(value, CultureInfo.InvariantCulture)));
        }
    }
}
